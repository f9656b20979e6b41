"""Facts and where they come from. Has never heard of chat."""
