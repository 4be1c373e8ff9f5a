"""What each command of `icat` does: call, then write lines or JSON."""
