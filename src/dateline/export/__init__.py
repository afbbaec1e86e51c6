"""Facts on their way out: flat tables as CSV, JSON lines and Parquet, and the layouts of other projects."""
