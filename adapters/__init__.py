"""One folder a platform: what happens there -> Request, and Reply -> what the platform shows."""
