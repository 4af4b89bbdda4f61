"""Run the command line: python -m textcheck."""

from textcheck.cli.main import main

if __name__ == "__main__":
    main()
