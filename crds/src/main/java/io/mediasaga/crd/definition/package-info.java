/**
 * Definitions of sagas: {@linkplain io.mediasaga.crd.definition.SagaParser read} from YAML or JSON,
 * {@linkplain io.mediasaga.crd.definition.DefinitionValidator checked}, and
 * {@linkplain io.mediasaga.crd.definition.SagaDefinitions resolved} into what the orchestrator runs.
 *
 * <p>Everything here is immutable and safe for use by several threads.
 */
@NullMarked
package io.mediasaga.crd.definition;

import org.jspecify.annotations.NullMarked;
