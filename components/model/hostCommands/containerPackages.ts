import { hostCommand, onlyOne } from "./hostCommand";

/** Words that the names of packages with container images have; those of the guide end in `docker-image`, later ones in `-image`. */
const searched = ["docker-image", "suse-sle", "sles1"];

/**
 * Prints the packages with container images that a host can install: what `zypper se docker-image` of the guide (section 5) finds, and
 * later names. A line is `<installed or available>|<name>|<summary>`. It changes nothing.
 */
export const listContainerPackagesCommand = hostCommand(
    "list-containers",
    {},
    `command -v zypper >/dev/null || fail "there is no zypper on this host"
for word in ${searched.join(" ")}; do
    status=0
    found=$(zypper --non-interactive --quiet search --type package "$word" 2>&1) || status=$?
    # 104: nothing is called so (zypper(8), "EXIT CODES").
    case $status in
        0) printf '%s\\n' "$found" ;;
        104) ;;
        *) fail "zypper cannot search: $found" ;;
    esac
done | awk -F'|' '
    NF >= 3 && $2 ~ /-image/ {
        gsub(/^ +| +$/, "", $1); gsub(/^ +| +$/, "", $2); gsub(/^ +| +$/, "", $3)
        if (!seen[$2]++) printf "%s|%s|%s\\n", ($1 ~ /^i/ ? "installed" : "available"), $2, $3
    }'
`,
);
export const listContainerPackagesSeconds = 120;

/** A package with a container image, as one host has it. */
export interface ContainerPackage {
    readonly name: string;
    readonly summary: string;
    readonly installed: boolean;
}

/** What the command has printed. */
export function readContainerPackages(output: string): readonly ContainerPackage[] {
    return output.split("\n").flatMap((line) => {
        const [state, name, ...summary] = line.split("|");
        return name === undefined || name === ""
            ? []
            : [{ name, summary: summary.join("|"), installed: state === "installed" }];
    });
}

/**
 * Installs a package with a container image; one that is there is left as it is. Zypper agrees to no licence by itself, and what counts
 * in the end is what rpm says.
 */
export function installPackageCommand(packageName: string): string {
    return hostCommand(
        "install-container",
        { package: packageName },
        `${onlyOne}
command -v zypper >/dev/null || fail "there is no zypper on this host"
if rpm --query "$package" >/dev/null 2>&1; then
    printf 'there already: %s\\n' "$(rpm --query "$package")"
    exit 0
fi
said=$(zypper --non-interactive --quiet install -- "$package" 2>&1) || :
rpm --query "$package" >/dev/null 2>&1 || fail "zypper could not install $package: $(printf '%s\\n' "$said" | tail -n 3)"
printf 'installed: %s\\n' "$(rpm --query "$package")"
`,
    );
}
export const installPackageSeconds = 900;
