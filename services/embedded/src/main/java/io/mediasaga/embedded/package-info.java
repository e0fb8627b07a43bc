/**
 * PostgreSQL, Kafka and Redis without installing them: for the standalone platform, which keeps their data between runs, and
 * for tests, which take {@link io.mediasaga.embedded.EmbeddedServers#shared()}.
 *
 * <p>Everything listens on 127.0.0.1 only. Servers end with the process that started them, even when that one is killed.
 */
@NullMarked
package io.mediasaga.embedded;

import org.jspecify.annotations.NullMarked;
