import { serviceConnectPackage } from "../../capabilities/serviceConnectAgent";

/**
 * Part of the step of capabilities: the image of the Service Connect agent, where the agent looks for it (amazon-ecs-agent,
 * agent/engine/serviceconnect/manager_linux.go). It is in a package of Amazon Linux 2023, whose repository vouches for it by its sum,
 * and HTTPS for the repository; nothing is installed by rpm, as SLES has another set of packages. A repository is a list of mirrors,
 * an index, and a list of packages, in which each package and each list has a `location` and a `checksum`
 * (https://docs.aws.amazon.com/linux/al2023/ug/deterministic-upgrades.html; createrepo_c, repomd.xml and primary.xml).
 */
export const offerServiceConnect = `# newest FILE BASE: address and sum of the list of packages in an index, or of the newest package in such a list.
newest() {
    python3 -c 'import gzip, sys, urllib.parse, xml.etree.ElementTree as xml
file, base = sys.argv[1:]
found = []
with (gzip.open if file.endswith("primary") else open)(file, "rb") as text:
    for _, one in xml.iterparse(text):
        kind = one.tag.split("}")[1]
        if kind in ("data", "package"):
            part = {inner.tag.split("}")[1]: inner for inner in one}
            if one.get("type") == "primary" or kind == "package" and part["name"].text == "${serviceConnectPackage}":
                built = int(part["time"].get("build")) if "time" in part else 0
                found.append((built, urllib.parse.urljoin(base, part["location"].get("href")), part["checksum"].text))
            one.clear()
print(*max(found)[1:])' "$1" "$2" 2>/dev/null
}

offer_serviceConnect() {
    local root=$deps/serviceconnect new=$deps/new-serviceconnect base found image=ecs-service-connect-agent.interface-v1.tar
    [ ! -e $root/$image ] || return 0
    rm -rf $new
    mkdir -p $new || { fail "$new could not be written"; return 1; }
    fetch "$(conf SERVICE_CONNECT_URL)" $new/mirrors || return 1
    base=$(sed '1!d; s,/*$,/,' $new/mirrors)
    fetch "\${base}repodata/repomd.xml" $new/index || return 1
    read -r -a found <<<"$(newest $new/index "$base")"
    [ \${#found[@]} = 2 ] || { fail "$base is no repository of packages"; return 1; }
    fetch "\${found[0]}" $new/primary "\${found[1]}" || return 1
    read -r -a found <<<"$(newest $new/primary "$base")"
    [ \${#found[@]} = 2 ] || { fail "$base holds no ${serviceConnectPackage}"; return 1; }
    fetch "\${found[0]}" $new/package "\${found[1]}" || return 1
    (cd $new && rpm2cpio package | cpio -id --quiet) 2>/dev/null
    found=$(find $new -name $image -printf %h -quit)
    [ -n "$found" ] || { fail "\${base}'s package holds no $image"; return 1; }
    { sync -f $new && rm -rf $root && mv "$found" $root && rm -rf $new; } || fail "$root could not be written"
}
`;
