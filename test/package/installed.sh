#!/bin/bash
# What the Debian package does to a machine, from its installation to its purging:
#
#   installed.sh hanport_….deb
#
# Run as root on a Debian that can be thrown away (scripts/fresh-check makes one), with apt's lists and
# mosquitto, mosquitto-clients and procps installed. Where systemd is process 1 the service runs under
# its unit, and is started, refused a device, upgraded, killed, and hung. Ends with "N passed, M
# failed", and with 1 if one failed.
# shellcheck disable=SC2016 # dpkg-query's variables, not ours
set -u
export DEBIAN_FRONTEND=noninteractive

package=$1
next='hanport: name your broker in /etc/hanport/hanport.toml, then: sudo systemctl enable --now hanport'
passed=0
failed=0

# expect WHAT COMMAND…: counts it, and shows what it said if it fails.
expect() {
    local what=$1 said
    shift
    if said=$("$@" 2>&1); then
        passed=$((passed + 1))
        echo "ok      $what"
    else
        failed=$((failed + 1))
        echo "FAILED  $what: $*"
        printf '%s\n' "$said" | tail -n 20
    fi
}
not() { ! "$@"; }
# is TEXT COMMAND…: whether the command prints just that.
is() {
    local wanted=$1 got
    shift
    got=$("$@") || true
    if [ "$got" != "$wanted" ]; then
        echo "not '$wanted' but '$got'"
        return 1
    fi
}
# says PATTERN COMMAND…: whether a line of what the command prints matches.
says() {
    local pattern=$1
    shift
    "$@" 2>&1 | tee /tmp/said | grep -qE -- "$pattern" || {
        tail -n 20 /tmp/said
        return 1
    }
}
# soon COMMAND…: whether it succeeds within a minute.
soon() {
    local end=$((SECONDS + 60))
    until "$@" >/tmp/soon 2>&1; do
        if [ "$SECONDS" -ge "$end" ]; then
            cat /tmp/soon
            return 1
        fi
        sleep 0.1
    done
}
install() { apt-get install -y -q -o Dpkg::Use-Pty=0 "$@"; }
# All files and folders, but for what apt, dpkg, systemd and users write themselves.
files() {
    find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp \
        -o -path /var/tmp -o -path /var/log -o -path /var/cache -o -path /var/lib/apt \
        -o -path /var/lib/systemd/timers -o -path /var/lib/mosquitto -o -path /root \) -prune \
        -o -not -name '*.dpkg-*' -not -path '/var/lib/dpkg/*-old' -not -path '/etc/*-' \
        -not -path '/var/backups/*' -not -path '/etc/.pwd.lock' -print | sort
}
mode_of() { stat -c '%a %U:%G' "$1"; }
journal() { journalctl --no-pager -q -u hanport "$@"; }
main_pid() { systemctl show -p MainPID --value hanport; }

installation() {
    # What it depends on is not what it leaves behind.
    # shellcheck disable=SC2046 # words
    install $(dpkg-deb -f "$package" Depends | tr ',' '\n' | sed 's/[|(].*//') >/root/install.log 2>&1
    files >/root/before
    install "$package" >/root/install.log 2>&1
    expect "installs" is 'install ok installed' dpkg-query -W -f '${Status}' hanport
    if [ "$failed" -gt 0 ]; then
        cat /root/install.log
        exit 1
    fi
    expect "says what to do next, in one line" is 1 grep -cxF "$next" /root/install.log
    expect "the program runs" says '^hanport [0-9.]+$' hanport --version
    local file
    for file in bin/hanport lib/systemd/system/hanport.service lib/sysusers.d/hanport.conf \
        lib/udev/rules.d/70-hanport.rules share/bash-completion/completions/hanport \
        share/man/man1/hanport.1.gz share/man/man5/hanport.toml.5.gz share/doc/hanport/README.md \
        share/doc/hanport/doc/wiring.md share/doc/hanport/changelog.gz \
        share/doc/hanport/changelog.Debian.gz share/doc/hanport/copyright; do
        case $file in
        bin/*) expect "/usr/$file" is '755 root:root' mode_of "/usr/$file" ;;
        share/man/* | share/doc/*) # minimal Debians leave them out
            expect "/usr/$file" says "/usr/$file\$" dpkg -L hanport
            ;;
        *) expect "/usr/$file" is '644 root:root' mode_of "/usr/$file" ;;
        esac
    done
    expect "the configuration is root's and the service's only" \
        is '640 root:hanport' mode_of /etc/hanport/hanport.toml
    expect "its folder too" is '750 root:hanport' mode_of /etc/hanport
    expect "it is a conffile" says '/etc/hanport/hanport.toml' dpkg-query -W -f '${Conffiles}' hanport
    expect "it is right" says ': ok$' runuser -u hanport -- hanport check-config
    expect "others cannot read it" not runuser -u nobody -- hanport check-config
    expect "the user is in the group dialout" says '\bdialout\b' id -nG hanport
    expect "nobody logs in as that user" says ':/usr/sbin/nologin$' getent passwd hanport
    expect "nothing is enabled" not systemctl -q is-enabled hanport
    expect "systemd has nothing to say of the unit" \
        is '' systemd-analyze verify --man=no hanport.service
    expect "its exposure is 1.4 or less" \
        systemd-analyze security --offline=yes --threshold=14 hanport.service
}

# A broker with a password, which is root's alone, and a meter on a pseudo terminal of dialout's.
configuration() {
    mosquitto_passwd -b -c /etc/mosquitto/passwords meter 'open sesame'
    chmod 644 /etc/mosquitto/passwords
    printf 'listener 1883 127.0.0.1\npassword_file /etc/mosquitto/passwords\n' \
        >/etc/mosquitto/conf.d/test.conf
    systemctl restart mosquitto
    systemd-run -q --unit=meter hanport simulate --speed 20 --start 2026-11-20T16:58:00 \
        --link /run/meter
    soon test -e /run/meter
    chgrp dialout "$(readlink /run/meter)"
    chmod 660 "$(readlink /run/meter)"
    echo 'open sesame' >/etc/hanport/mqtt_password
    chmod 600 /etc/hanport/mqtt_password
    sed -i -e 's!^# device = .*!device = "/run/meter"!' -e 's!^# username = .*!username = "meter"!' \
        /etc/hanport/hanport.toml
}
subscribe() { timeout 60 mosquitto_sub -u meter -P 'open sesame' "$@"; }

running() {
    expect "is not started before it is configured" is inactive systemctl is-active hanport
    expect "starts with the configuration as it comes, without a password" systemctl start hanport
    expect "and stops" systemctl stop hanport
    configuration
    sed -i 's!"/run/meter"!"/dev/net/tun"!' /etc/hanport/hanport.toml # everybody's, but no serial port
    expect "is enabled and started" systemctl -q enable --now hanport
    expect "a device of another class is refused" soon says 'Operation not permitted' journal
    sed -i 's!"/dev/net/tun"!"/run/meter"!' /etc/hanport/hanport.toml
    systemctl restart hanport
    expect "lists of the meter arrive at the broker, by the password that is a credential" \
        says '"list":"live"' subscribe -C 1 -t 'hanport/+/list/live'
    local status
    status=/proc/$(main_pid)/status
    expect "it has no capabilities" is 5 grep -cE '^Cap...:\s0+$' "$status"
    expect "it gets no new privileges" says '^NoNewPrivs:\s1$' cat "$status"
    expect "its system calls are filtered" says '^Seccomp:\s2$' cat "$status"
    expect "it is hanport's" is hanport stat -c %U "/proc/$(main_pid)"
    expect "its state is its own" is '750 hanport:hanport' mode_of /var/lib/hanport
    expect "what it keeps there too" is '600 hanport:hanport' mode_of /var/lib/hanport/ports.json
    expect "no limit was met" not says 'denied|not permitted|SIGSYS' \
        journalctl --no-pager -q "_PID=$(main_pid)"

    local pid
    pid=$(main_pid)
    systemctl kill -s KILL --kill-who=main hanport
    expect "killed, it comes back" soon eval "systemctl -q is-active hanport && [ \$(main_pid) != $pid ]"
    pid=$(main_pid)
    systemctl kill -s STOP --kill-who=main hanport
    expect "hung, it is started anew by the watchdog" \
        soon eval "systemctl -q is-active hanport && [ \$(main_pid) != $pid ]"
}

# What udev would call adapters: a rule of the test's own says that a port of this machine is one.
# link_of VENDOR MODEL SERIAL PATH
link_of() {
    printf 'KERNEL=="ttyS0", ENV{ID_BUS}="usb", ENV{ID_VENDOR_ID}="%s", ENV{ID_MODEL}="%s"' "$1" "$2" \
        >/etc/udev/rules.d/69-test.rules
    printf ', ENV{ID_SERIAL_SHORT}="%s", ENV{ID_PATH}="%s"\n' "$3" "$4" \
        >>/etc/udev/rules.d/69-test.rules
    udevadm test --action=add /class/tty/ttyS0 2>/dev/null |
        sed -n 's!.*DEVLINKS=\(.* \)\?/dev/\(hanport[^ ]*\).*!\2!p'
    rm -f /etc/udev/rules.d/69-test.rules
}

links() {
    expect "FTDI, by number" is hanport-A50285BI link_of 0403 FT232R_USB_UART A50285BI usb-0:1.2
    expect "FTDI X, by number" is hanport-DN0 link_of 0403 FT230X_Basic_UART DN0 usb-0:1.2
    expect "CP2102 of no number, by socket" is hanport-usb-0:1.2 \
        link_of 10c4 CP2102_USB_to_UART_Bridge_Controller 0001 usb-0:1.2
    expect "CH340, by socket" is hanport-usb-0:1.3 link_of 1a86 USB_Serial '' usb-0:1.3
    expect "PL2303, by socket" is hanport-usb-0:1.4 link_of 067b USB-Serial_Controller '' usb-0:1.4
    expect "a Zigbee stick is none" is '' \
        link_of 10c4 Sonoff_Zigbee_3.0_USB_Dongle_Plus 0123 usb-0:1.2
}

upgrade() {
    local pid=0 edited
    echo '# edited' >>/etc/hanport/hanport.toml
    edited=$(cat /etc/hanport/hanport.toml)
    if [ -d /run/systemd/system ]; then pid=$(main_pid); fi
    rm -rf /tmp/newer
    dpkg-deb -R "$package" /tmp/newer
    sed -i 's/^Version: .*/&+newer/' /tmp/newer/DEBIAN/control
    dpkg-deb -b /tmp/newer /tmp/newer.deb >/dev/null
    expect "upgrades" install /tmp/newer.deb
    expect "to the newer version" says '\+newer$' dpkg-query -W -f '${Version}\n' hanport
    expect "keeps the configuration" is "$edited" cat /etc/hanport/hanport.toml
    expect "and its modes" is '640 root:hanport' mode_of /etc/hanport/hanport.toml
    if [ -d /run/systemd/system ]; then
        expect "is restarted" \
            soon eval "systemctl -q is-active hanport && [ \$(main_pid) != $pid ]"
    fi
}

removal() {
    expect "is removed" apt-get remove -y -q hanport
    expect "keeps the configuration" test -e /etc/hanport/hanport.toml
    if [ -d /run/systemd/system ]; then
        expect "is stopped" not systemctl -q is-active hanport
        systemctl stop meter mosquitto
        rm -f /etc/mosquitto/passwords /etc/mosquitto/conf.d/test.conf
    fi
    expect "is purged" dpkg --purge hanport
    files >/root/after
    expect "leaves nothing behind" diff /root/before /root/after
    expect "no user" not getent passwd hanport
    expect "no group" not getent group hanport
    expect "nobody in dialout" not says hanport getent group dialout
}

installation
if [ -d /run/systemd/system ]; then
    running
    if [ -e /sys/class/tty/ttyS0 ]; then links; fi
else
    echo "(without systemd the service is not run)"
fi
upgrade
removal
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
