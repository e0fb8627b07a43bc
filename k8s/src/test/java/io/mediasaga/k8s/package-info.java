/** Tests of the Helm chart, rendered by Helm itself. */
@NullMarked
package io.mediasaga.k8s;

import org.jspecify.annotations.NullMarked;
