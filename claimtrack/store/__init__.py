"""What is kept between runs: one file, read whole and swapped in whole."""
