package io.cacheaside.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The floors of the house: a package imports from its own floor and from lower ones. The only list of them. */
final class Floors {

    private static final String HOUSE = "io.cacheaside";

    private static final List<List<String>> FROM_THE_GROUND = List.of(
            List.of("annotation", "error"),
            List.of("key", "policy"),
            List.of("entry"),
            List.of("spi"),
            List.of("engine", "memory", "codec", "jdbc", "metrics", "hot"),
            List.of("", "redisson", "test"),
            List.of("aspect.plan", "aspect.adapt"),
            List.of("aspect", "aspect.warm"),
            List.of("aspect.weave", "aspect.spring"),
            List.of("boot"));

    private static final Map<String, Integer> FLOOR = byPackage();

    private Floors() {}

    private static Map<String, Integer> byPackage() {
        Map<String, Integer> floors = new HashMap<>();
        for (int floor = 0; floor < FROM_THE_GROUND.size(); floor++) {
            for (String name : FROM_THE_GROUND.get(floor)) {
                floors.put(name.isEmpty() ? HOUSE : HOUSE + "." + name, floor);
            }
        }
        return Map.copyOf(floors);
    }

    private static OptionalInt of(JavaClass type) {
        Integer floor = FLOOR.get(type.getPackageName());
        return floor == null ? OptionalInt.empty() : OptionalInt.of(floor);
    }

    static DescribedPredicate<JavaClass> inTheHouse() {
        return DescribedPredicate.describe(
                "are in " + HOUSE,
                type -> type.getPackageName().equals(HOUSE)
                        || type.getPackageName().startsWith(HOUSE + "."));
    }

    static ArchCondition<JavaClass> standOnAFloor() {
        return condition("stand on a floor", (type, events) -> {
            if (of(type).isEmpty()) {
                violated(events, type, type.getName() + ": package " + type.getPackageName() + " has no floor");
            }
        });
    }

    static ArchCondition<JavaClass> importNothingFromAbove() {
        return condition("import nothing from a higher floor", (type, events) -> {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                if (of(dependency.getTargetClass()).orElse(0) > of(type).orElse(Integer.MAX_VALUE)) {
                    violated(events, type, dependency.getDescription());
                }
            }
        });
    }

    static ArchCondition<JavaClass> condition(String description, Check check) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.look(type, events);
            }
        };
    }

    static void violated(ConditionEvents events, JavaClass type, String message) {
        events.add(SimpleConditionEvent.violated(type, message));
    }

    /** Looks at one class and adds what is wrong with it. */
    interface Check {
        void look(JavaClass type, ConditionEvents events);
    }
}
