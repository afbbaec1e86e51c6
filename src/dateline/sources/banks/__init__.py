"""News banks: the exports of Nexis, Factiva and ProQuest, many articles to a file."""
