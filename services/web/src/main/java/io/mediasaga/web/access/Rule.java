package io.mediasaga.web.access;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;

/**
 * Who gets an answer of a method.
 *
 * @param open everybody
 * @param roles else, who has one of these; nobody where it is empty
 * @param limit what is counted for each person
 */
public record Rule(boolean open, Set<Role> roles, RateLimited.@Nullable Limit limit) {

    /** The rule of a method, {@code null} where it has none. */
    public static @Nullable Rule of(HandlerMethod handler) {
        Method method = handler.getMethod();
        Class<?> type = handler.getBeanType();
        RateLimited limited = AnnotatedElementUtils.findMergedAnnotation(method, RateLimited.class);
        RateLimited.@Nullable Limit limit = limited == null ? null : limited.value();
        Needs own = AnnotatedElementUtils.findMergedAnnotation(method, Needs.class);
        if (own == null && (has(method, Open.class) || !has(type, Needs.class) && has(type, Open.class))) {
            return new Rule(true, Set.of(), limit);
        }
        Needs needs = own != null ? own : AnnotatedElementUtils.findMergedAnnotation(type, Needs.class);
        return needs == null ? null : new Rule(false, Set.of(needs.value()), limit);
    }

    private static boolean has(java.lang.reflect.AnnotatedElement element, Class<? extends Annotation> annotation) {
        return AnnotatedElementUtils.hasAnnotation(element, annotation);
    }

    /** Whether the library that made the method cannot know of rules. */
    static boolean isForeign(HandlerMethod handler) {
        String name = handler.getBeanType().getName();
        return name.startsWith("org.springframework.") || name.startsWith("org.springdoc.");
    }
}
