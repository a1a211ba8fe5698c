/** A statement of a policy that somebody else has written, of which nothing is believed yet. */
export interface WrittenStatement {
    readonly Effect?: unknown;
    readonly Principal?: unknown;
    readonly NotPrincipal?: unknown;
    readonly Action?: unknown;
    readonly NotAction?: unknown;
    readonly Resource?: unknown;
    readonly NotResource?: unknown;
    readonly Condition?: unknown;
}

/** @returns undefined where the text is no policy */
export function statementsOf(policy: string): readonly WrittenStatement[] | undefined {
    try {
        const { Statement: statements } = JSON.parse(policy) as { readonly Statement?: unknown };
        return [statements]
            .flat()
            .filter((one): one is WrittenStatement => typeof one === "object" && one !== null);
    } catch {
        return undefined;
    }
}

/** Actions are compared without regard to case (IAM user guide, "AWS JSON policy elements: Action"). */
export function isAboutAction({ Action, NotAction }: WrittenStatement, action: string): boolean {
    return Action === undefined ? !fitsPattern(NotAction, action, "i") : fitsPattern(Action, action, "i");
}

/** Whether one of a policy's patterns, with `*` and `?`, fits. */
export function fitsPattern(patterns: unknown, text: string, flags: "" | "i"): boolean {
    return [patterns].flat().some((pattern) => {
        if (typeof pattern !== "string") {
            return false;
        }
        const literal = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
        return new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`, flags).test(text);
    });
}

/** Whom a statement names as principals of AWS; `*` for everybody. */
export function awsPrincipals({ Principal }: WrittenStatement): readonly unknown[] {
    const named: unknown =
        typeof Principal === "object" && Principal !== null
            ? (Principal as { readonly AWS?: unknown }).AWS
            : Principal;
    return [named].flat();
}
