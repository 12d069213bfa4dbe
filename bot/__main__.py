"""`python -m bot` is the command `widelens`."""

from bot.cli import main

if __name__ == "__main__":
    main(prog_name="widelens")
