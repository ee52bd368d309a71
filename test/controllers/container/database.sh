#!/bin/bash
# MariaDB in the place of MySQL's image: the arguments and variables that the image takes.
set -e
data=/var/lib/mysql
while [ $# -gt 0 ]; do
  case $1 in
    --datadir) data=$2; shift ;;
    --datadir=*) data=${1#*=} ;;
  esac
  shift
done
mkdir -p "$data"
first=()
if [ ! -d "$data/mysql" ]; then
  tables=/usr/share/mysql/mysql_system_tables.sql
  (printf 'CREATE DATABASE mysql;\nUSE mysql;\n'; cat "$tables" "${tables%.sql}_data.sql") |
    mariadbd --no-defaults --bootstrap --datadir="$data" --tmpdir=/tmp
  cat > /tmp/first.sql <<SQL
FLUSH PRIVILEGES;
CREATE DATABASE IF NOT EXISTS $MYSQL_DATABASE;
ALTER USER root@localhost IDENTIFIED BY '$MYSQL_ROOT_PASSWORD';
CREATE USER $MYSQL_USER@'%' IDENTIFIED BY '$MYSQL_PASSWORD';
GRANT ALL ON $MYSQL_DATABASE.* TO $MYSQL_USER@'%';
SQL
  first=(--init-file=/tmp/first.sql)
fi
exec mariadbd --no-defaults --datadir="$data" --socket=/var/run/mysqld/mysqld.sock --pid-file=/var/run/mysqld/mysqld.pid \
  --tmpdir=/tmp --bind-address=0.0.0.0 "${first[@]}"
