import { placed, type Problem } from "../../components/model/problem";

/** A line a problem, with its option. */
export function listProblems(problems: readonly Problem[]): readonly string[] {
    return problems.map((one) => placed(one));
}
