// What a policy expression sees, and no more: the members that API Management documents for `context`, so that an
// expression that names another one does not compile. learn.microsoft.com/azure/api-management/api-management-policy-expressions
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Newtonsoft.Json.Linq;

// Not a dictionary of .NET: Mono adds a GetValueOrDefault with one argument to those, which API Management has not.
public class Values {
  readonly Dictionary<string, string[]> values;
  public Values(Dictionary<string, string[]> values) { this.values = values; }
  public string[] this[string name] { get { return values[name]; } }
  public IEnumerable<string> Keys { get { return values.Keys; } }
  public bool ContainsKey(string name) { return values.ContainsKey(name); }
  public bool TryGetValue(string name, out string[] value) { return values.TryGetValue(name, out value); }
  public string GetValueOrDefault(string name, string otherwise) {
    string[] found;
    return values.TryGetValue(name, out found) ? string.Join(",", found) : otherwise;
  }
}

public class Variables {
  readonly Dictionary<string, object> values = new Dictionary<string, object>();
  public object this[string name] { get { return values[name]; } }
  public bool ContainsKey(string name) { return values.ContainsKey(name); }
  public bool TryGetValue(string name, out object value) { return values.TryGetValue(name, out value); }
  public T GetValueOrDefault<T>(string name, T otherwise) {
    object found;
    return values.TryGetValue(name, out found) ? (T)found : otherwise;
  }
  internal void Set(string name, object value) { values[name] = value; }
}

public class MessageBody {
  readonly string text;
  internal bool Consumed;
  internal int Reads;
  internal MessageBody(string text) { this.text = text; }
  public T As<T>(bool preserveContent = false) {
    if (Consumed) throw new InvalidOperationException("The body was read before, without preserveContent.");
    Consumed = !preserveContent;
    Reads++;
    if (typeof(T) == typeof(string)) return (T)(object)text;
    if (typeof(T) == typeof(byte[])) return (T)(object)Encoding.UTF8.GetBytes(text);
    if (typeof(T) == typeof(JToken)) return (T)(object)JToken.Parse(text);
    if (typeof(T) == typeof(JObject)) return (T)(object)JObject.Parse(text);
    if (typeof(T) == typeof(JArray)) return (T)(object)JArray.Parse(text);
    throw new InvalidCastException(typeof(T).Name);
  }
}

public class Jwt {
  public string Issuer { get; internal set; }
  public string Subject { get; internal set; }
  public IEnumerable<string> Audiences { get; internal set; }
  public Values Claims { get; internal set; }
  public DateTime? ExpirationTime { get; internal set; }
}

public class RequestUrl {
  public string Host { get; internal set; }
  public string Path { get; internal set; }
  public string Scheme { get { return "https"; } }
}

public class Request {
  internal MessageBody Content;
  internal int Reads { get { return Content == null ? 0 : Content.Reads; } }
  public MessageBody Body { get { return Content; } }
  public Values Headers { get; internal set; }
  public string IpAddress { get; internal set; }
  public string Method { get; internal set; }
  public RequestUrl OriginalUrl { get; internal set; }
  public RequestUrl Url { get { return OriginalUrl; } }
}

public class Response {
  internal bool BodyWasRead;
  public MessageBody Body { get { BodyWasRead = true; throw new InvalidOperationException("The response's body was read."); } }
  public Values Headers { get; internal set; }
  public int StatusCode { get; internal set; }
  public string StatusReason { get; internal set; }
}

public class LastError {
  public string Source { get; internal set; }
  public string Reason { get; internal set; }
  public string Message { get; internal set; }
  public string Section { get; internal set; }
}

public class Context {
  public TimeSpan Elapsed { get; internal set; }
  public LastError LastError { get; internal set; }
  public Request Request { get; internal set; }
  public Guid RequestId { get; internal set; }
  public Response Response { get; internal set; }
  public DateTime Timestamp { get; internal set; }
  public Variables Variables { get; internal set; }
}

// A named value's text is put in before API Management compiles; here it is looked up, so that one program serves all.
public static class NamedValues {
  internal static Dictionary<string, string> Texts = new Dictionary<string, string>();
  public static string Of(string name) { return Texts[name]; }
}
