/** What is told about a MediaSaga: conditions, counts, events. */
@NullMarked
package io.mediasaga.operator.status;

import org.jspecify.annotations.NullMarked;
