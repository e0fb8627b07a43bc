package io.mediasaga.orchestrator.console.health;

import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.Role;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** How every part is. */
@Controller
@Needs(Role.VIEWER)
class HealthPages {

    private final PlatformHealth health;

    HealthPages(PlatformHealth health) {
        this.health = health;
    }

    @GetMapping("/console/health")
    String page(Model model) {
        model.addAttribute("parts", health.look()).addAttribute("figures", health.figures());
        return "health";
    }

    @GetMapping("/console/health/live")
    String live(Model model) {
        page(model);
        return "health :: live";
    }
}
