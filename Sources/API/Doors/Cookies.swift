import Core
import HTTPTypes
import Hummingbird

extension Response {
    /// The agent's cookie: ours alone, never sent from another site.
    mutating func setAgentCookie(_ token: String?, secure: Bool) {
        let age = token == nil ? 0 : 14 * 86_400
        headers.append(
            HTTPField(
                name: .setCookie,
                value: "moro_agent=\(token ?? ""); Path=/; Max-Age=\(age); HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "")))
    }

    /// The visitor's cookie lives in an iframe on the company's site: partitioned, so that it is that site's alone.
    mutating func setVisitorCookie(_ token: String?, site: String, secure: Bool) {
        let age = token == nil ? 0 : 365 * 86_400
        let scope = secure ? "Secure; SameSite=None; Partitioned" : "SameSite=Lax"
        headers.append(
            HTTPField(name: .setCookie, value: "moro_visitor_\(site)=\(token ?? ""); Path=/; Max-Age=\(age); HttpOnly; \(scope)"))
    }
}
