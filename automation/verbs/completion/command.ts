import { defineCommand, type Command, type Commands } from "../../command/command";

/** `sles-ecs completion`: TAB in bash, zsh and fish. @param commands what there is to complete */
export function completionCommand(commands: () => Commands): Command {
    return defineCommand({
        command: "completion <shell>",
        summary: "Print the completion script of a shell",
        description:
            "Prints what the shell has to load so that TAB completes commands, options and the names of environments. That script asks `completion` again for every TAB, with the command line behind --, and is answered with what may stand in place of the last word.",
        examples: [
            { command: "completion bash", text: 'In ~/.bashrc: eval "$(sles-ecs completion bash)"' },
            {
                command: "completion zsh",
                text: 'In ~/.zshrc, after compinit: eval "$(sles-ecs completion zsh)"',
            },
            {
                command: "completion fish",
                text: "sles-ecs completion fish > ~/.config/fish/completions/sles-ecs.fish",
            },
        ],
        positionals: {
            shell: { describe: "The shell", choices: ["bash", "zsh", "fish"], demandOption: true },
        },
        options: {},
        run: async ({ shell, _ }, context) => {
            const words = _.slice(1).map(String);
            const { completionScripts, renderCandidates } = await import("./view");
            if (words.length === 0) {
                context.io.stdout(completionScripts[shell]);
                return 0;
            }
            const { complete } = await import("./complete");
            const candidates = await complete(words, commands(), async () => {
                const { openProject, settingsFileNames } = await import("../../settings/project");
                // Outside of a project there is nothing to offer, and an error would land in the middle of a prompt.
                const project = await openProject(context, undefined).catch(() => undefined);
                return project === undefined ? [] : settingsFileNames(project);
            });
            context.io.stdout(renderCandidates(shell, candidates));
            return 0;
        },
    });
}
