package wire

import (
	"time"

	"tasuke/internal/identity"
)

// DomainBody is an e-mail domain as it is added.
type DomainBody struct {
	Name string `json:"name" minLength:"1" maxLength:"253" doc:"In any spelling; what stands after the @ of addresses" example:"example.org"`
}

// Domain is an e-mail domain that the organisation says is its own.
type Domain struct {
	Name       string     `json:"name" doc:"ASCII, lower case" example:"xn--bcher-kva.example"`
	Unicode    string     `json:"unicode" doc:"As people write it" example:"bücher.example"`
	State      string     `json:"state" enum:"pending,verified,warning,failed" doc:"Verified and warning count as verified; warning: the record is gone"`
	Problem    string     `json:"problem" enum:",record_missing,record_wrong,domain_taken,resolver_failed,resolver_unreachable,resolver_timeout" doc:"What the last look found wrong; empty: nothing"`
	Found      []string   `json:"found" doc:"With record_wrong: what was there instead, five values at most" example:"[\"v=spf1 -all\"]"`
	Record     *TXTRecord `json:"record,omitempty" doc:"To be published in DNS; absent: the operator of the server vouches for the domain"`
	CreatedAt  time.Time  `json:"createdAt"`
	CheckedAt  *time.Time `json:"checkedAt,omitempty" doc:"Last look; absent: none yet"`
	VerifiedAt *time.Time `json:"verifiedAt,omitempty" doc:"When the record was last there; absent: never"`
	GraceEnds  *time.Time `json:"graceEnds,omitempty" doc:"With warning: when the domain stops being verified"`
	NextAt     *time.Time `json:"nextAt,omitempty" doc:"Next look"`
}

// TXTRecord is a record to be published in DNS.
type TXTRecord struct {
	Name  string `json:"name" example:"_tasuke.example.org"`
	Value string `json:"value" example:"tasuke-verification=4v2kq5w7znbhf3xjt6lmrsyaue"`
}

// NewDomain maps a domain.
func NewDomain(d identity.Domain) Domain {
	out := Domain{Name: d.Name, Unicode: d.Unicode(), State: string(d.State), Problem: string(d.Problem), Found: append([]string{}, d.Found...),
		CreatedAt: d.Created.UTC(), CheckedAt: timeOf(d.Checked), VerifiedAt: timeOf(d.Confirmed), GraceEnds: timeOf(d.GraceEnds()), NextAt: timeOf(d.Next)}
	if !d.ByOperator() {
		out.Record = &TXTRecord{Name: d.RecordName(), Value: d.RecordValue()}
	}
	return out
}
