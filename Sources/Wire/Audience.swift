/// For whom something is put into JSON: a visitor is shown less than an agent.
public enum Audience: Sendable, Hashable { case contact, agent }
