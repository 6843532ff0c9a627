#!/bin/bash
exec java -XX:TieredStopAtLevel=1 -Dlog4j2.configurationFile=/etc/kafka/docker/tools-log4j2.yaml -cp '/opt/kafka/libs/*' kafka.admin.ConfigCommand "$@"
