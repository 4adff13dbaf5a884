"""What an embedded broker is told: one node that is controller and broker, small, quick to come back."""

from pathlib import Path

ADMIN = "admin"


def server_properties(folder: Path, port: int, controller_port: int, admin: str | None = None) -> str:
    """The text of server.properties for a broker whose data lies under `folder`.

    With the password of its `admin` the broker answers nobody anonymous, on neither port, and lets everybody else do
    only what was granted.
    """
    settings = {
        "process.roles": "broker,controller",
        "node.id": "1",
        "controller.quorum.bootstrap.servers": f"127.0.0.1:{controller_port}",
        "controller.listener.names": "CONTROLLER",
        "listeners": f"CLIENTS://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller_port}",
        "advertised.listeners": f"CLIENTS://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller_port}",
        "inter.broker.listener.name": "CLIENTS",
        "listener.security.protocol.map": "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs": folder / "data",
        # Topics are made with their own settings; a mistyped name must not make one.
        "auto.create.topics.enable": "false",
        "offsets.topic.replication.factor": "1",
        "offsets.topic.num.partitions": "4",
        "transaction.state.log.replication.factor": "1",
        "transaction.state.log.min.isr": "1",
        "transaction.state.log.num.partitions": "4",
        "share.coordinator.state.topic.replication.factor": "1",
        "share.coordinator.state.topic.min.isr": "1",
        "group.initial.rebalance.delay.ms": "0",
        # After kill -9 the controller lets the same broker back in when its old session ends: 2 s instead of 9.
        "broker.session.timeout.ms": "2000",
        "broker.heartbeat.interval.ms": "500",
        "controller.quorum.election.timeout.ms": "200",
        "controller.quorum.fetch.timeout.ms": "1000",
        "num.network.threads": "2",
        "num.io.threads": "4",
        "num.replica.fetchers": "1",
        "background.threads": "2",
        "log.cleaner.threads": "1",
        "log.cleaner.dedupe.buffer.size": str(16 * 1024 * 1024),
        "log.segment.bytes": str(64 * 1024 * 1024),
        "log.retention.hours": "-1",
        "metadata.log.segment.bytes": str(16 * 1024 * 1024),
        "message.max.bytes": str(2 * 1024 * 1024),
        "unclean.leader.election.enable": "false",
    }
    if admin is not None:
        settings |= _secured(admin)
    return "".join(f"{name}={value}\n" for name, value in settings.items())


def _secured(password: str) -> dict[str, str]:
    """Everybody proves who they are: processes by SCRAM, the administrator by a password that only this file knows.

    The administrator's is not SCRAM, because SCRAM's secrets lie in the log that the controller has yet to open.
    """
    plain = "org.apache.kafka.common.security.plain.PlainLoginModule required"
    scram = "org.apache.kafka.common.security.scram.ScramLoginModule required;"
    known = f'{plain} username="{ADMIN}" password="{password}" user_{ADMIN}="{password}";'
    return {
        "listener.security.protocol.map": "CLIENTS:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT",
        "sasl.mechanism.inter.broker.protocol": "PLAIN",
        "sasl.mechanism.controller.protocol": "PLAIN",
        "listener.name.clients.sasl.enabled.mechanisms": "SCRAM-SHA-256,PLAIN",
        "listener.name.clients.scram-sha-256.sasl.jaas.config": scram,
        "listener.name.clients.plain.sasl.jaas.config": known,
        "listener.name.controller.sasl.enabled.mechanisms": "PLAIN",
        "listener.name.controller.plain.sasl.jaas.config": known,
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": f"User:{ADMIN}",
        "allow.everyone.if.no.acl.found": "false",
    }


LOGGING = """\
status = error
appender.file.type = RollingFile
appender.file.name = file
appender.file.fileName = {folder}/kafka.log
appender.file.filePattern = {folder}/kafka.log.%i
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = %d{{yyyy-MM-dd HH:mm:ss.SSS}} %-5p %c{{1}}: %m%n
appender.file.policies.type = Policies
appender.file.policies.size.type = SizeBasedTriggeringPolicy
appender.file.policies.size.size = 20MB
appender.file.strategy.type = DefaultRolloverStrategy
appender.file.strategy.max = 3
rootLogger.level = warn
rootLogger.appenderRef.file.ref = file
logger.server.name = kafka.server.KafkaRaftServer
logger.server.level = info
"""


def logging_properties(folder: Path) -> str:
    """The text of log4j2.properties: one rolling file in `folder`."""
    return LOGGING.format(folder=folder)
