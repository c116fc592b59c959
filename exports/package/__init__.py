"""The crisis package: what an audience may see, as plain pages that need no server, no network and no script."""
