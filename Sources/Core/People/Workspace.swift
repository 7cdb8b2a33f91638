/// One company. One server may serve many; every row of every other thing belongs to one.
public struct Workspace: Sendable, Equatable {
    public typealias ID = Core.ID<Workspace>
    public let id: ID
    public var name: String

    public init(id: ID, name: String) {
        self.id = id
        self.name = name
    }
}
