package io.cacheaside.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.boot.CacheAsideAutoConfiguration;
import io.cacheaside.redisson.RedissonSlots;
import io.netty.util.Version;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;
import org.springframework.core.SpringVersion;

/** What the tests of this module run on. */
class VersionsTest {

    private static final Pattern SPRING = Pattern.compile("/(spring-[a-z-]+)-(\\d[^/]*)\\.jar");

    @Test
    void springBoot_is35_andSpring_is62() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo("3.5.16");
        assertThat(SpringVersion.getVersion()).startsWith("6.2.");
    }

    @Test
    void netty_is41() {
        Map<String, Version> netty = Version.identify();

        assertThat(netty).isNotEmpty();
        assertThat(netty.values()).allMatch(version -> version.artifactVersion().startsWith("4.1."));
    }

    @Test
    void noJar_isFromAnotherSpring() {
        Set<String> versions = new TreeSet<>();
        Matcher jar =
                SPRING.matcher(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        while (jar.find()) {
            versions.add((jar.group(1).startsWith("spring-boot") ? "boot " : "framework ") + jar.group(2));
        }

        assertThat(versions).containsExactly("boot 3.5.16", "framework " + SpringVersion.getVersion());
    }

    @Test
    void theClassesUnderTest_areThoseOfTheOtherModules() {
        for (Class<?> type :
                new Class<?>[] {CacheAsideClient.class, RedissonSlots.class, CacheAsideAutoConfiguration.class}) {
            assertThat(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                    .doesNotContain("/verification/");
        }
    }
}
