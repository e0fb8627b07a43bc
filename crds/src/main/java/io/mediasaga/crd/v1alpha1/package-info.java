/**
 * The {@code MediaSaga} resource as it is written down, field by field, with nothing filled in.
 *
 * <p>The records here serve Jackson 2 (Kubernetes client, CRD generator) and Jackson 3 (everything else) alike: they carry
 * annotations only. A spec may be incomplete or wrong until
 * {@link io.mediasaga.crd.definition.DefinitionValidator} has looked at it, so what is marked required can be
 * {@code null} before; lists are never {@code null}. What runs is the
 * {@link io.mediasaga.crd.definition.SagaDefinition} resolved from it.
 */
@NullMarked
package io.mediasaga.crd.v1alpha1;

import org.jspecify.annotations.NullMarked;
