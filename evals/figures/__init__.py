"""Numbers and how they are shown: means with intervals, rankings, times; tables, pages and plots."""
