package io.mediasaga.web.access;

import java.util.Set;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Leaves management endpoints to operators, but for those that tell nobody anything of the data. Somebody who switches more of them on
 * may do so for all services, one of which has public paths only.
 */
final class EndpointGuard implements OperationInvokerAdvisor {

    private static final Set<String> HARMLESS = Set.of("health", "info", "prometheus");

    @Override
    public OperationInvoker apply(
            EndpointId endpoint, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        if (HARMLESS.contains(endpoint.toLowerCaseString())) {
            return invoker;
        }
        return context -> {
            if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
                RoleGate.require(Caller.in(attributes.getRequest()).orElse(null), Set.of(Role.OPERATOR));
            }
            return invoker.invoke(context);
        };
    }
}
