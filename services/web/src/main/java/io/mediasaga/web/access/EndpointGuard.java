package io.mediasaga.web.access;

import java.util.Set;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Leaves the management endpoints that somebody switched on, other than the public ones, to operators. */
final class EndpointGuard implements OperationInvokerAdvisor {

    @Override
    public OperationInvoker apply(
            EndpointId endpoint, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        return context -> {
            if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                    && !PublicPath.isOf(attributes.getRequest())) {
                RoleGate.require(Caller.in(attributes.getRequest()).orElse(null), Set.of(Role.OPERATOR));
            }
            return invoker.invoke(context);
        };
    }
}
