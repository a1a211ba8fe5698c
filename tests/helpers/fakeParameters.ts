import type { ParameterService } from "../../automation/ports/ssmService";
import type { FakeAwsState, Read } from "./fakeAws";
import { without } from "./fakeGroupProviders";

/** Parameter Store. A lock comes and goes with every command, and is told of only where a test is about it. */
export function fakeParameters(state: FakeAwsState, answer: Read): ParameterService {
    const given = new Set(Object.keys(state.parameters));
    const changedAt = (name: string): Date => {
        const minutesAgo = given.has(name) ? state.parametersChangedMinutesAgo : 0;
        return new Date(state.now().getTime() - minutesAgo * 60_000);
    };
    return {
        below: (path) =>
            answer("parameters.below", () =>
                Object.entries(state.parameters)
                    .filter(([name]) => name.startsWith(`${path}/`))
                    .map(([name, value]) => ({ name, value, changedAt: changedAt(name) })),
            ),
        missing: (names) =>
            answer("parameters.missing", () => names.filter((name) => !(name in state.parameters))),
        put: (name, value) =>
            answer("parameters.put", () => {
                state.parameters[name] = value;
            }),
        remove: (name) =>
            answer("parameters.remove", () => {
                state.parameters = without(state.parameters, name);
            }),
    };
}
