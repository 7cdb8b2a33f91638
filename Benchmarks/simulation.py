"""Days of a queue that never were: customers who come at random, are patient at random, and are served as soon as somebody is free."""
import heapq
import math
import random
from dataclasses import dataclass, field

HOURS = 8
MEAN = 480  # seconds a conversation takes


@dataclass
class Kind:
    """How busy it is, as a share of what the agents can handle, by the hour; and who goes when."""
    agents: int
    load: callable
    capacity: int = 2
    spread: float = 0.8  # of the logarithm of a conversation's length
    absences: callable = lambda chance, agents: []


def lunch(chance, agents):
    """Half of them, then the other half, half an hour each."""
    for number, agent in enumerate(agents):
        begins = 3.5 * 3600 + (number % 2) * 1800 + chance.uniform(0, 300)
        yield agent, begins, begins + 1800 + chance.uniform(-120, 300)


def sick(chance, agents):
    yield agents[0], chance.uniform(1.5, 4) * 3600, None


KINDS = {
    "calm": Kind(4, lambda hour: 0.75),
    "rush": Kind(5, lambda hour: 0.6 + 0.7 * math.exp(-((hour - 4) ** 2) / 0.8)),
    "lunch gap": Kind(4, lambda hour: 0.72, absences=lunch),
    "agent sick": Kind(4, lambda hour: 0.8, absences=sick),
    "Monday after a holiday": Kind(5, lambda hour: 1.5 if hour < 1.5 else 0.95 if hour < 3 else 0.7),
    "one agent": Kind(1, lambda hour: 0.7, capacity=1, spread=0.3),
    "many, of very different lengths": Kind(12, lambda hour: 0.92, spread=1.3),
}


@dataclass
class Day:
    kind: Kind
    chance: random.Random
    name: str
    begins: float
    entries: list = field(default_factory=list)
    queue: list = field(default_factory=list)
    here: dict = field(default_factory=dict)
    busy: dict = field(default_factory=dict)
    over: set = field(default_factory=set)
    events: list = field(default_factory=list)

    def play(self):
        """The day's log, in order of time."""
        agents = [f"a{number}" for number in range(self.kind.agents)]
        for agent in agents:
            self.at(self.chance.uniform(0, 300), self.comes, agent)
        for agent, goes, comes in self.kind.absences(self.chance, agents):
            self.at(goes, self.goes, agent)
            if comes:
                self.at(comes, self.comes, agent)
        self.draw_arrivals(self.kind.agents * self.kind.capacity / MEAN)
        while self.events:
            now, _, what, *about = heapq.heappop(self.events)
            what(now, *about)
            self.serve(now)
        return self.entries

    def draw_arrivals(self, full):
        """A Poisson process whose rate changes with the hour, by thinning."""
        most = full * max(self.kind.load(minute / 60) for minute in range(HOURS * 60))
        time, number = 0, 0
        while (time := time + self.chance.expovariate(most)) < HOURS * 3600:
            if self.chance.random() < full * self.kind.load(time / 3600) / most:
                self.at(time, self.arrives, f"{self.name}-{number}")
                number += 1

    def at(self, time, what, *about):
        heapq.heappush(self.events, (time, len(self.events) + self.chance.random(), what, *about))

    def say(self, now, event, **more):
        self.entries.append({"at": round(self.begins + now, 1), "event": event, **more})

    def comes(self, now, agent):
        self.here[agent] = self.kind.capacity
        self.say(now, "agent_on", agent=agent, capacity=self.kind.capacity)

    def goes(self, now, agent):
        self.here.pop(agent, None)
        self.say(now, "agent_off", agent=agent)

    def arrives(self, now, customer):
        self.queue.append(customer)
        self.say(now, "arrive", conversation=customer)
        self.at(now + self.chance.expovariate(1 / 1500), self.leaves, customer)

    def leaves(self, now, customer):
        if customer in self.queue:
            self.queue.remove(customer)
            self.say(now, "leave", conversation=customer)

    def ends(self, now, customer, agent):
        self.busy[agent] -= 1
        self.say(now, "end", conversation=customer)

    def serve(self, now):
        while self.queue:
            free = [agent for agent, capacity in self.here.items() if self.busy.get(agent, 0) < capacity]
            if not free:
                return
            agent, customer = min(free, key=lambda one: self.busy.get(one, 0)), self.queue.pop(0)
            self.busy[agent] = self.busy.get(agent, 0) + 1
            self.say(now, "start", conversation=customer, agent=agent)
            length = self.chance.lognormvariate(math.log(MEAN) - self.kind.spread**2 / 2, self.kind.spread)
            self.at(now + length, self.ends, customer, agent)


def days(name, count, seed):
    """The log of so many days of a kind."""
    chance = random.Random(f"{name} {seed}")
    return [entry for number in range(count) for entry in Day(KINDS[name], chance, str(number), number * 86_400.0).play()]
