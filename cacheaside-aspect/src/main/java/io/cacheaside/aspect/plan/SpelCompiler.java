package io.cacheaside.aspect.plan;

import io.cacheaside.key.ExpressionCompiler;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/**
 * SpEL over {@code #name}, {@code #p0}, {@code #a0} and {@code #result}. SpEL reads an unknown variable as null, so
 * the variables are checked here. An Optional result counts as its content.
 */
final class SpelCompiler implements ExpressionCompiler {

    private static final Set<String> ALWAYS = Set.of("result", "root", "this");

    private final SpelExpressionParser parser = new SpelExpressionParser();

    @Override
    public Expression compile(String source, Method method) {
        return compile(source, positions(method));
    }

    @Override
    public Expression compile(String source, Method method, String element) {
        Map<String, Integer> positions = positions(method);
        positions.put(element, method.getParameterCount());
        return compile(source, positions);
    }

    private Expression compile(String source, Map<String, Integer> positions) {
        SpelExpression expression = parse(source);
        check(expression.getAST(), positions);
        return (args, result) -> expression.getValue(new Call(positions, args, result));
    }

    private SpelExpression parse(String source) {
        try {
            return parser.parseRaw(source);
        } catch (ParseException e) {
            throw new IllegalArgumentException(
                    e.getSimpleMessage() + " (column " + (e.getPosition() + 1) + " of the expression)", e);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Map<String, Integer> positions(Method method) {
        Map<String, Integer> positions = new HashMap<>();
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            positions.put("p" + i, i);
            positions.put("a" + i, i);
        }
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].isNamePresent()) {
                positions.put(parameters[i].getName(), i);
            }
        }
        return positions;
    }

    private static void check(SpelNode node, Map<String, Integer> positions) {
        if (node instanceof VariableReference) {
            String name = node.toStringAST().substring(1);
            if (!ALWAYS.contains(name) && !positions.containsKey(name)) {
                throw new IllegalArgumentException("unknown variable #" + name + ": known are "
                        + new TreeSet<>(positions.keySet()) + " (names need the compiler option -parameters)");
            }
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            check(node.getChild(i), positions);
        }
    }

    /** The variables of one call. */
    private static final class Call extends StandardEvaluationContext {

        private final Map<String, Integer> positions;
        private final @Nullable Object[] args;
        private final @Nullable Object result;

        Call(Map<String, Integer> positions, @Nullable Object[] args, @Nullable Object result) {
            this.positions = positions;
            this.args = args;
            this.result = result instanceof Optional<?> optional ? optional.orElse(null) : result;
        }

        @Override
        public @Nullable Object lookupVariable(String name) {
            Integer position = positions.get(name);
            return position != null ? args[position] : name.equals("result") ? result : null;
        }
    }
}
