package io.cacheaside.samples.plainshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing of Spring takes part: neither on the class path nor by its best-known classes. */
class NoSpringTest {

    @Test
    void classPath_hasNoSpringJar() {
        List<String> classPath = List.of(System.getProperty("java.class.path").split(File.pathSeparator));

        assertThat(classPath).anyMatch(entry -> entry.contains("redisson"));
        assertThat(classPath).noneMatch(entry -> new File(entry).getName().startsWith("spring"));
    }

    @Test
    void springsClasses_areAbsent() {
        for (String name : List.of(
                "org.springframework.core.SpringVersion",
                "org.springframework.aop.Advisor",
                "org.springframework.expression.Expression")) {
            assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
        }
    }
}
