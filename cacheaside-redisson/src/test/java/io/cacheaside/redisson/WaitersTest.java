package io.cacheaside.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.Leases.Registration;
import org.junit.jupiter.api.Test;

class WaitersTest {

    private final Waiters waiters = new Waiters();

    @Test
    void lastWhoGoes_leavesNothing() {
        Registration one = waiters.register("k", () -> {});
        Registration other = waiters.register("k", () -> {});
        one.close();
        assertThat(waiters.isEmpty()).isFalse();
        other.close();
        assertThat(waiters.isEmpty()).isTrue();
    }
}
