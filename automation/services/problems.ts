import type { Line } from "../../components/model/commandLine";
import { problemLine, type Problem } from "../../components/model/problem";
import { wordNextStep } from "../errors/wordNextStep";

/** A line a problem, with its option. */
export function listProblems(problems: readonly Problem[]): readonly Line[] {
    return problems.map((one) => problemLine(one, wordNextStep));
}
