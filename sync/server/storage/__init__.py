"""Where the server keeps everything: one module of tables and set-based statements for SQLite and PostgreSQL.

Every statement names one school, the distribution column of every key; the tables of people and devices, which belong
to no single school, stand apart in `tables`.
"""
