package io.mediasaga.standalone.bench;

/**
 * What has been used so far; two of them tell what was used between.
 *
 * @param commits transactions that ended well, reading ones too
 * @param statements SQL statements of the services, without BEGIN and COMMIT
 * @param walBytes written ahead by PostgreSQL
 * @param walSyncs how often PostgreSQL waited for the disk with it
 * @param records in Kafka's topics, its own left out
 * @param jvmNanos CPU of this JVM: services, Kafka and load generator
 * @param compilerNanos the part of it that the JVM's compilers took; 0 where that cannot be told
 * @param postgresNanos CPU of PostgreSQL's processes
 */
record Counters(
        long commits,
        long statements,
        long walBytes,
        long walSyncs,
        long records,
        long jvmNanos,
        long compilerNanos,
        long postgresNanos) {

    Counters since(Counters before) {
        return new Counters(
                commits - before.commits,
                statements - before.statements,
                walBytes - before.walBytes,
                walSyncs - before.walSyncs,
                records - before.records,
                jvmNanos - before.jvmNanos,
                compilerNanos - before.compilerNanos,
                postgresNanos - before.postgresNanos);
    }
}
