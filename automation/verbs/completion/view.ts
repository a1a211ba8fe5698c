import type { Candidate } from "./complete";

export type Shell = "bash" | "zsh" | "fish";

/** What a shell loads once; at every key press it asks the command line itself, so it never gets old. */
export const completionScripts: Readonly<Record<Shell, string>> = {
    bash: `_sles_ecs() {
    local IFS=$'\\n'
    COMPREPLY=($(sles-ecs completion bash -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _sles_ecs sles-ecs
`,
    zsh: `#compdef sles-ecs
_sles_ecs() {
    local -a candidates
    candidates=("\${(@f)$(sles-ecs completion zsh -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ -n "\${candidates[1]}" ]]; then
        _describe 'sles-ecs' candidates
    else
        _files
    fi
}
compdef _sles_ecs sles-ecs
`,
    fish: `function __sles_ecs_complete
    set -l words (commandline -opc) (commandline -ct)
    sles-ecs completion fish -- $words[2..-1] 2>/dev/null
end
complete -c sles-ecs -f -a '(__sles_ecs_complete)'
`,
};

/** Candidates in the form that the script of a shell reads, a line each. */
export function renderCandidates(shell: Shell, candidates: readonly Candidate[]): string {
    return candidates.map((candidate) => `${renderCandidate(shell, candidate)}\n`).join("");
}

function renderCandidate(shell: Shell, { word, description }: Candidate): string {
    switch (shell) {
        case "bash":
            return word;
        case "zsh":
            return description === "" ? word : `${word.replaceAll(":", "\\:")}:${description}`;
        case "fish":
            return description === "" ? word : `${word}\t${description}`;
    }
}
