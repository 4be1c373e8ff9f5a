"""Counts of what somebody did of late."""

from assistant.door.tally import MOST_KEYS, Tally, network


def test_what_is_over_the_number_is_too_much_until_the_time_is_over():
    now = [0.0]
    tally = Tally(2, 60, timer=lambda: now[0])
    assert [tally.full("a"), tally.full("a"), tally.full("a")] == [False, False, True]
    assert not tally.full("b")
    now[0] = 59
    assert tally.full("a")  # trying on does not begin the time anew
    now[0] = 60
    assert not tally.full("a")


def test_the_memory_stays_bounded_whoever_asks():
    tally = Tally(1, 60)
    for number in range(MOST_KEYS + 500):
        tally.full(str(number))
    assert len(tally) == MOST_KEYS


def test_all_addresses_of_one_ipv6_customer_are_one_client():
    assert network("2001:db8:1:2::1") == network("2001:db8:1:2:ffff::9") != network("2001:db8:1:3::1")
    assert network("::ffff:192.0.2.7") == network("192.0.2.7") == "192.0.2.7"
    assert network("fe80::1%eth0") == network("fe80::2")
    assert network("testclient") == "testclient"
