"""`python -m prepare` and the console command `prepare`."""

from prepare.cli.command import main

if __name__ == "__main__":
    main()
