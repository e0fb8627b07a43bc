package io.mediasaga.operator.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import io.mediasaga.operator.model.ParticipantPlan;
import io.mediasaga.operator.model.Plan;
import io.mediasaga.operator.settings.OperatorSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who reaches a participant, and whom it reaches. */
final class NetworkRenderer {

    private static final Pattern PORT = Pattern.compile(":([0-9]{1,5})(?=[/,?]|$)");
    private static final int POSTGRES = 5432;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final OperatorSettings settings;

    NetworkRenderer(OperatorSettings settings) {
        this.settings = settings;
    }

    HasMetadata policy(Plan plan, ParticipantPlan participant) {
        var http = new NetworkPolicyPortBuilder()
                .withPort(new IntOrString("http"))
                .withProtocol("TCP")
                .build();
        NetworkPolicyIngressRule ingress = participant.settings().path() == null
                // Not from outside, but from whatever is in the cluster, such as Prometheus.
                ? new NetworkPolicyIngressRuleBuilder()
                        .withPorts(http)
                        .addNewFrom()
                        .withNewNamespaceSelector()
                        .endNamespaceSelector()
                        .endFrom()
                        .build()
                : new NetworkPolicyIngressRuleBuilder().withPorts(http).build();
        List<NetworkPolicyPort> ports = new ArrayList<>();
        ports.add(new NetworkPolicyPortBuilder().withProtocol("UDP").withPort(new IntOrString(53)).build());
        ports.add(tcp(53));
        reached(plan, participant).forEach(port -> ports.add(tcp(port)));
        return new NetworkPolicyBuilder()
                .withMetadata(Meta.of(plan, participant, participant.name()).build())
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Meta.selector(participant))
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .withIngress(ingress)
                .addNewEgress()
                .withPorts(ports)
                .endEgress()
                .endSpec()
                .build();
    }

    /** Ports, for addresses of databases and brokers elsewhere are not known beforehand. */
    private TreeSet<Integer> reached(Plan plan, ParticipantPlan participant) {
        TreeSet<Integer> ports = new TreeSet<>();
        ports.addAll(ports(settings.postgres().url(), POSTGRES));
        ports.addAll(ports(Bootstrap.servers(plan, settings), settings.kafka().listenerPort()));
        if (!settings.redis().host().isEmpty()) {
            ports.add(settings.redis().port());
        }
        if (settings.storage().inS3(participant.name())) {
            var s3 = settings.storage().s3();
            int port = Optional.of(s3.endpoint())
                    .filter(endpoint -> !endpoint.isEmpty())
                    .map(URI::create)
                    .map(uri -> uri.getPort() > 0 ? uri.getPort() : "http".equals(uri.getScheme()) ? HTTP : HTTPS)
                    .orElse(HTTPS);
            ports.add(port);
            if (s3.secret().isEmpty()) {
                // Where the cloud hands out credentials: its token service, or an agent on the node or beside it.
                ports.addAll(List.of(HTTP, HTTPS));
            }
        }
        return ports;
    }

    private static TreeSet<Integer> ports(String addresses, int fallback) {
        TreeSet<Integer> ports = new TreeSet<>();
        Matcher matcher = PORT.matcher(addresses);
        while (matcher.find()) {
            ports.add(Integer.valueOf(matcher.group(1)));
        }
        return ports.isEmpty() ? new TreeSet<>(List.of(fallback)) : ports;
    }

    private static NetworkPolicyPort tcp(int port) {
        return new NetworkPolicyPortBuilder().withProtocol("TCP").withPort(new IntOrString(port)).build();
    }

    HasMetadata ingress(Plan plan, ParticipantPlan participant) {
        var ingress = settings.ingress();
        var builder = new IngressBuilder()
                .withMetadata(Meta.of(plan, participant, participant.name())
                        .addToAnnotations(ingress.annotations())
                        .build())
                .withNewSpec()
                .withIngressClassName(ingress.className().isEmpty() ? null : ingress.className())
                .addNewRule()
                .withHost(ingress.host().isEmpty() ? null : ingress.host())
                .withNewHttp()
                .addNewPath()
                .withPath(Objects.requireNonNull(participant.settings().path()))
                .withPathType("Prefix")
                .withNewBackend()
                .withNewService()
                .withName(participant.name())
                .withNewPort()
                .withName("http")
                .endPort()
                .endService()
                .endBackend()
                .endPath()
                .endHttp()
                .endRule();
        if (!ingress.tlsSecret().isEmpty()) {
            builder.addNewTl()
                    .withSecretName(ingress.tlsSecret())
                    .withHosts(ingress.host().isEmpty() ? List.of() : List.of(ingress.host()))
                    .endTl();
        }
        return builder.endSpec().build();
    }
}
