package io.mediasaga.messaging.harness;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets a replica's sends be held back and let go later, as a process that is paused or cut off from the broker does. */
@Configuration(proxyBeanMethods = false)
public class SuspendableKafka {

    /** The switch. */
    public static final class Switch {
        private final List<Runnable> held = new ArrayList<>();
        private boolean suspended;

        public synchronized void suspend() {
            suspended = true;
        }

        /** What was held back goes out now, in its order. */
        public synchronized void resume() {
            suspended = false;
            held.forEach(Runnable::run);
            held.clear();
        }

        public synchronized int held() {
            return held.size();
        }

        private synchronized boolean hold(Runnable send) {
            if (suspended) {
                held.add(send);
            }
            return suspended;
        }
    }

    @Bean
    static Switch kafkaSwitch() {
        return new Switch();
    }

    @Bean
    static BeanPostProcessor suspendableProducer(Switch kafkaSwitch) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof Producer<?, ?> producer ? wrap(producer, kafkaSwitch) : bean;
            }
        };
    }

    private static Object wrap(Producer<?, ?> producer, Switch kafkaSwitch) {
        return Proxy.newProxyInstance(
                SuspendableKafka.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, args) -> {
                    if (method.getName().equals("send")
                            && kafkaSwitch.hold(() -> {
                                try {
                                    method.invoke(producer, args);
                                } catch (ReflectiveOperationException e) {
                                    throw new IllegalStateException(e);
                                }
                            })) {
                        return new CompletableFuture<>();
                    }
                    try {
                        return method.invoke(producer, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
