package io.cacheaside.boot;

import io.cacheaside.error.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the mistakes of a {@link ConfigurationException} instead of a stack trace of bean creation. */
final class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ConfigurationException> {

    private static final String ACTION = "Correct the annotation, property or bean that each mistake names. "
            + "cacheaside.enabled=false starts the application without cache meanwhile.";

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, ConfigurationException cause) {
        return new FailureAnalysis(cause.getMessage(), ACTION, cause);
    }
}
