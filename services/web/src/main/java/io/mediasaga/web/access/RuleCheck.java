package io.mediasaga.web.access;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Keeps a service from starting in which somebody forgot to say who may use a method that answers requests. */
final class RuleCheck implements SmartInitializingSingleton {

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;

    RuleCheck(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> without = mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().values().stream())
                .filter(method -> !Rule.isForeign(method) && Rule.of(method) == null)
                .map(Object::toString)
                .distinct()
                .sorted()
                .toList();
        if (!without.isEmpty()) {
            throw new IllegalStateException("Nobody has said who may use these: annotate them or their classes with @Needs or @Open: "
                    + String.join(", ", without));
        }
    }
}
