"""Reports of scans and checks, as files that stand alone and hold no raw value."""
