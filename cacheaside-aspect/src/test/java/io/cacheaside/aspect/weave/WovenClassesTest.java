package io.cacheaside.aspect.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.plan.AnnotatedMethods;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Rows;
import io.cacheaside.aspect.shop.Weaver;
import io.cacheaside.aspect.shop.unwoven.AnnotatedPort;
import io.cacheaside.aspect.shop.unwoven.Plain;
import io.cacheaside.aspect.shop.unwoven.PortAdapter;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.spi.CacheListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WovenClassesTest {

    @Test
    void namedPackages_areCheckedBeforeAnythingIsBound() {
        try (CacheAsideClient client = Clients.inMemory(CacheListener.none())) {
            ConfigurationException thrown = catchThrowableOfType(
                    ConfigurationException.class,
                    () -> CacheAsideWeaving.bind(client, "io.cacheaside.aspect.shop.unwoven"));
            assertThat(thrown.problems())
                    .containsExactlyInAnyOrder(
                            Plain.class.getName() + ".find(long): the class was not woven: let ajc process it with"
                                    + " cacheaside-aspect as aspect library",
                            Plain.class.getName() + ".wrong(long) @CacheAside ttl: 'x' is not a duration: write 500ms,"
                                    + " 30s, 5m, 24h, 7d or ISO-8601 (PT5M)",
                            Plain.class.getName() + ".wrong(long): the class was not woven: let ajc process it with"
                                    + " cacheaside-aspect as aspect library",
                            AnnotatedPort.class.getName()
                                    + ".port(long): an abstract method has no body to weave: put the"
                                    + " annotation on the methods of the classes that implement it",
                            Plain.class.getName() + ".find(long): " + PortAdapter.class.getName()
                                    + " overrides the method"
                                    + " without its annotations, so calls of it are not cached: repeat them there");
            assertThat(CacheAsideWeaving.calls()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ShopService", "OwnMethods", "Reader"})
    void wovenMethods_areRecognised(String name) {
        Class<?> woven = Weaver.wovenService(name, new Rows()).getClass();
        assertThat(AnnotatedMethods.of(woven))
                .isNotEmpty()
                .allMatch(method -> WovenClasses.refusal(method).isEmpty());
    }
}
