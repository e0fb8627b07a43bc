/** An S3 server to test with. */
@NullMarked
package io.mediasaga.s3server;

import org.jspecify.annotations.NullMarked;
