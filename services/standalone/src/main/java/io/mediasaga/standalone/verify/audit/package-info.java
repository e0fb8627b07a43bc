/** Looks into databases, topics and files whether what was accepted has happened, wholly and once. It asks no service. */
@NullMarked
package io.mediasaga.standalone.verify.audit;

import org.jspecify.annotations.NullMarked;
