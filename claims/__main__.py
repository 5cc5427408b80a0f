"""``python -m claims`` is the same as ``claims``."""

from claims.cli import main

if __name__ == "__main__":
    main()
